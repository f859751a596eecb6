//! The one text that crosses each way.
//!
//! `napi` asks for the length of a text before it asks for the text, which goes
//! through it twice, and gives every text back as one that may be in any language.

use std::ptr;

use napi::bindgen_prelude::{FromNapiValue, ToNapiValue};
use napi::{Result, check_status, sys};

/// A text of JavaScript.
pub struct Given(pub String);

/// What most evidence fits in: V8 does not look at the room that is left where it is thrice the text.
const ROOM: usize = 1024;

/// The longest character.
const CHARACTER: usize = 4;

impl FromNapiValue for Given {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let mut bytes: Vec<u8> = Vec::with_capacity(ROOM);
        let mut length = 0;
        // SAFETY: there is room for so many bytes, the zero behind them among them.
        let status = unsafe {
            let room = bytes.as_mut_ptr();
            sys::napi_get_value_string_utf8(env, value, room.cast(), ROOM, &mut length)
        };
        // What is no text is refused by whoever can say so.
        if status != sys::Status::napi_ok || length + CHARACTER >= ROOM {
            // SAFETY: what is asked for here is what was asked for.
            return unsafe { String::from_napi_value(env, value) }.map(Self);
        }
        // SAFETY: so many bytes were written, and V8 writes whole characters of UTF-8 alone.
        Ok(Self(unsafe {
            bytes.set_len(length);
            String::from_utf8_unchecked(bytes)
        }))
    }
}

/// A text for JavaScript, or `undefined`.
pub struct Answer(pub Option<String>);

impl ToNapiValue for Answer {
    unsafe fn to_napi_value(env: sys::napi_env, answer: Self) -> Result<sys::napi_value> {
        let Some(text) = answer.0.as_deref() else {
            // SAFETY: what is asked for here is what was asked for.
            return unsafe { <()>::to_napi_value(env, ()) };
        };
        if !text.is_ascii() {
            // SAFETY: the same.
            return unsafe { <&str>::to_napi_value(env, text) };
        }
        let mut value = ptr::null_mut();
        let length = text.len() as isize;
        // SAFETY: the text has so many bytes, each of them a character.
        check_status!(unsafe {
            sys::napi_create_string_latin1(env, text.as_ptr().cast(), length, &mut value)
        })?;
        Ok(value)
    }
}
