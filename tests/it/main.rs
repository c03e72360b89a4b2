mod fake;
mod forms;
