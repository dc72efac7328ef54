//! `#[derive(MapDecode)]`: reads a struct from a CBOR map through `crate::fields::Fields`.
//!
//! minicbor's own derive writes the whole reading loop into every struct, twice (definite and indefinite lengths). Over
//! the facts and rules of a relay that was a tenth of the app. Here the loop is one function, and each struct only names
//! its keys. Bytes, numbers (`#[n(…)]`) and `#[cbor(default)]` mean what they mean for minicbor.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, LitInt, parse_macro_input};

/// Derives `minicbor::Decode` for a struct with named fields, each with its number.
#[proc_macro_derive(MapDecode, attributes(n, cbor))]
pub fn map_decode(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: &DeriveInput) -> syn::Result<Tokens> {
    let name = &input.ident;
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => named,
            _ => return Err(syn::Error::new_spanned(name, "MapDecode wants named fields")),
        },
        _ => return Err(syn::Error::new_spanned(name, "MapDecode wants a struct")),
    };
    let mut fields = Vec::new();
    for field in &named.named {
        let ident = &field.ident;
        let number = number(&field.attrs)
            .ok_or_else(|| syn::Error::new_spanned(field, "a field of a map needs its number: #[n(…)]"))??;
        let read = if has_default(&field.attrs)? { quote!(get_or_default) } else { quote!(get) };
        fields.push(quote!(#ident: fields.#read(#number)?));
    }
    Ok(quote! {
        impl<'b, C> ::minicbor::Decode<'b, C> for #name {
            fn decode(
                decoder: &mut ::minicbor::Decoder<'b>,
                _: &mut C,
            ) -> ::core::result::Result<Self, ::minicbor::decode::Error> {
                let fields = crate::fields::Fields::read(decoder)?;
                Ok(Self { #(#fields),* })
            }
        }
    })
}

fn number(attributes: &[Attribute]) -> Option<syn::Result<LitInt>> {
    attributes.iter().find(|attribute| attribute.path().is_ident("n")).map(Attribute::parse_args)
}

fn has_default(attributes: &[Attribute]) -> syn::Result<bool> {
    let mut found = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cbor")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("default") {
                found = true;
                Ok(())
            } else if meta.path.is_ident("skip_if") {
                // Only about writing.
                meta.value()?.parse::<syn::LitStr>().map(drop)
            } else {
                Err(meta.error("MapDecode knows only `default` and `skip_if` here"))
            }
        })?;
    }
    Ok(found)
}
