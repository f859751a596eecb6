//! Tells the linker that Node.js provides the symbols of Node-API.

fn main() {
    napi_build::setup();
    // A library for macOS has its own path in it: without this, that on the machine that built it.
    if std::env::var("CARGO_CFG_TARGET_VENDOR").is_ok_and(|vendor| vendor == "apple") {
        println!("cargo::rustc-link-arg-cdylib=-Wl,-install_name,@rpath/credlapse.node");
    }
}
