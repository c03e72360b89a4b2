fn main() -> std::process::ExitCode {
    tonghu::cli::run()
}
