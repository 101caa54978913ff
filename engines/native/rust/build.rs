//! Puts the compiler's version into the library.

use std::process::Command;

fn main() {
    let compiler = std::env::var("RUSTC").expect("cargo sets RUSTC");
    let answer = Command::new(compiler).arg("--version").output().expect("the compiler runs");
    let version = String::from_utf8(answer.stdout).expect("the version is text");
    println!("cargo:rustc-env=QUORUMARK_RUSTC={}", version.trim());
    println!("cargo:rerun-if-changed=build.rs");
}
