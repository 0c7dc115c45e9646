//! What a program that knows more steps than this one does with a database: the steps of these tests follow the first released one.

#[cfg(target_os = "linux")]
mod kills;
mod released;
mod scene;
mod steps_that_fail;
mod steps_that_work;
mod undone;
