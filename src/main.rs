//! The app of Perron: one page for the tablet at the door and the desk at the relay.
use leptos::prelude::*;
fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(|| view! { <p>"Perron"</p> });
}
