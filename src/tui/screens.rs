//! The screens, one a file, and how a [`Place`] becomes one.

pub mod drafts;
pub mod file;
pub mod form;
pub mod forms;

use super::screen::{Cx, DoorView, Place, Screen};

/// Makes the screen of a place. It asks for its contents when it gets [`super::Input::Opened`].
pub fn open(place: Place, cx: &Cx, door: &DoorView) -> Box<dyn Screen> {
    let _ = door;
    match place {
        Place::File(child) => Box::new(file::File::new(child)),
        Place::Drafts => Box::new(drafts::Drafts::default()),
        Place::Form(place) => Box::new(form::Form::new(*place, cx)),
        other => Box::new(blank::Blank(other)),
    }
}

mod blank {
    use crate::tui::command::Command;
    use crate::tui::keymap::Layer;
    use crate::tui::screen::{Cx, Effect, Input, Place, Screen};
    use ratatui::{
        buffer::Buffer,
        layout::{Position, Rect},
    };

    pub(super) struct Blank(pub(super) Place);

    impl Screen for Blank {
        fn layers(&self) -> Vec<Layer> {
            vec![Layer::List]
        }
        fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
            if input == Input::Command(Command::Back) { vec![Effect::Close] } else { vec![] }
        }
        fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
            crate::tui::paint::clear(buf, area, cx.theme.normal);
            None
        }
        fn title(&self, _: &Cx) -> String {
            format!("{:?}", self.0)
        }
        fn hints(&self, _: &Cx) -> Vec<Command> {
            vec![]
        }
    }
}
