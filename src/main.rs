//! `mesheryctl`: the command line.

fn main() {}
