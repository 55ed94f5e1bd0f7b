echo 'fn main() { println!("x"); }' >r.rs
rustc -o rust r.rs
rustc -C target-feature=+crt-static -o rust-static r.rs
rustc -C prefer-dynamic -o rust-dylib r.rs
