//! The app of Perron: one page for the tablet at the door and the desk at the relay.

fn main() {
    perron::mount();
}
