//! What an address of the desk's API is: how it is asked, by whom, and what travels there and back.

use crate::travel::Form;
use perron_domain::fact::Role;
use std::fmt::Display;
use std::marker::PhantomData;

/// How something is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something.
    Post,
    /// Puts something in the place of what was there.
    Put,
    /// Takes something away.
    Delete,
}

impl Method {
    /// Returns the method's name in a request.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// An address, as whoever walks the list of them sees it.
#[derive(Debug)]
pub struct Entry {
    /// Its name in the list.
    pub name: &'static str,
    /// How it is asked.
    pub method: Method,
    /// Where: `/api/rounds/{number}`, each part in braces to be filled in.
    pub path: &'static str,
    /// The parts in braces, in their order.
    pub args: &'static [&'static str],
    /// Who of the relay may ask.
    pub roles: &'static [Role],
    /// What it is about.
    pub subject: &'static str,
    /// What it does, in one sentence.
    pub says: &'static str,
    /// As what the question travels.
    pub sent: Form,
    /// As what the answer travels.
    pub got: Form,
    /// What the question is made of.
    #[cfg(feature = "openapi")]
    pub describe_sent: fn() -> crate::travel::Described,
    /// What the answer is made of.
    #[cfg(feature = "openapi")]
    pub describe_got: fn() -> crate::travel::Described,
}

/// An address with its types: what its path is filled with, what goes there, what comes back.
#[derive(Debug)]
pub struct Route<A, I, O> {
    /// The address without its types.
    pub entry: &'static Entry,
    types: PhantomData<fn(A, I) -> O>,
}

impl<A, I, O> Clone for Route<A, I, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, I, O> Copy for Route<A, I, O> {}

impl<A, I, O> Route<A, I, O> {
    /// Gives an address its types.
    pub(crate) const fn new(entry: &'static Entry) -> Self {
        Self { entry, types: PhantomData }
    }
}

impl<A: Args, I, O> Route<A, I, O> {
    /// Returns the address with its parts filled in, each escaped.
    #[must_use]
    pub fn address(&self, args: &A) -> String {
        let texts = args.texts();
        let mut address = self.entry.path.to_owned();
        for (name, text) in self.entry.args.iter().zip(&texts) {
            address = address.replace(&format!("{{{name}}}"), &escaped(text));
        }
        address
    }
}

/// What the parts of an address are filled with.
pub trait Args {
    /// Returns them as texts, in their order.
    fn texts(&self) -> Vec<String>;
}

impl Args for () {
    fn texts(&self) -> Vec<String> {
        Vec::new()
    }
}

impl<A: Display> Args for (A,) {
    fn texts(&self) -> Vec<String> {
        vec![self.0.to_string()]
    }
}

impl<A: Display, B: Display> Args for (A, B) {
    fn texts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

/// Returns a text as one part of an address.
#[must_use]
pub fn escaped(text: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
    utf8_percent_encode(text, KEPT).to_string()
}
