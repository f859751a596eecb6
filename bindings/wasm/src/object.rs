//! Plain objects to Rust structs, field by field, and back.
//!
//! `serde-wasm-bindgen` does both. What it can say of a value of another shape,
//! floats in all their digits included, made the module a fifth larger, and it
//! hands over the name of every field at every call: a diagnosis took half as
//! long again. Here a value of another shape is thrown without a description, as the
//! TypeScript has made the objects fit before, and names are handed over once.

use core::cell::RefCell;
use core::fmt;

use js_sys::{Array, JSON, Reflect};
use serde::de::value::U32Deserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};
use wasm_bindgen::prelude::*;

/// Reads a value of `T` by the names of its fields; never by enumerating the object.
///
/// Throws where a value has another shape than expected.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(object: JsValue) -> T {
    let Ok(value) = T::deserialize(Value(object));
    value
}

/// Writes a plain object; what is absent is `null`.
///
/// One text that the host parses is quicker than a call for each field.
pub(crate) fn write(value: impl Serialize) -> JsValue {
    let text = serde_json::to_string(&value).unwrap_throw();
    JSON::parse(&text).unwrap_throw()
}

thread_local! {
    /// The names of fields that have been asked for, as JavaScript has them.
    static NAMES: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}

fn get(object: &JsValue, name: &'static str) -> JsValue {
    NAMES.with_borrow_mut(|names| {
        let known = names
            .iter()
            .position(|(known, _)| core::ptr::eq(*known, name));
        let at = known.unwrap_or_else(|| {
            names.push((name, name.into()));
            names.len() - 1
        });
        Reflect::get(object, &names[at].1).unwrap_or_else(|_| Mismatch::throw())
    })
}

/// A value of another shape than expected; there is none, as it is thrown.
///
/// With an error that can exist, the ways out of half-read structs are a third
/// of the module.
#[derive(Debug)]
pub(crate) enum Mismatch {}

impl Mismatch {
    fn throw() -> ! {
        wasm_bindgen::throw_str("an argument has not the shape of its type")
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::throw()
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::throw()
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::throw()
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::throw()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::throw()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::throw()
    }

    fn missing_field(_: &'static str) -> Self {
        Self::throw()
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::throw()
    }
}

struct Value(JsValue);

impl Value {
    #[inline(never)]
    fn text(&self) -> String {
        self.0.as_string().unwrap_or_else(|| Mismatch::throw())
    }

    #[inline(never)]
    fn is_absent(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }
}

impl<'de> Deserializer<'de> for Value {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Mismatch> {
        Mismatch::throw()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_bool(self.0.as_bool().unwrap_or_else(|| Mismatch::throw()))
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_u32(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        // The cast saturates; what is no whole number does not fit either.
        visitor.visit_u32(self.0.as_f64().unwrap_or_else(|| Mismatch::throw()) as u32)
    }

    #[inline(never)]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_string(self.text())
    }

    #[inline(never)]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.is_absent() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_seq(Items {
            array: self.0.dyn_into().unwrap_or_else(|_| Mismatch::throw()),
            next: 0,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_map(Fields {
            object: self.0,
            names: fields,
            next: 0,
            value: JsValue::UNDEFINED,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(Variant {
            value: self.0,
            names: variants,
        })
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u64 f32 f64 char str bytes byte_buf unit unit_struct
        newtype_struct tuple_struct map identifier ignored_any
    }
}

struct Items {
    array: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mismatch> {
        if self.next >= self.array.length() {
            return Ok(None);
        }
        let item = self.array.get(self.next);
        self.next += 1;
        seed.deserialize(Value(item)).map(Some)
    }
}

/// The fields that are set, each named by its number: shorter than by its name.
struct Fields {
    object: JsValue,
    names: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        while let Some(name) = self.names.get(self.next) {
            self.next += 1;
            self.value = get(&self.object, name);
            if !self.value.is_undefined() {
                return seed.deserialize(number(self.next - 1)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        seed.deserialize(Value(core::mem::take(&mut self.value)))
    }
}

/// `"name"`, or `{"name": content}`.
struct Variant {
    value: JsValue,
    names: &'static [&'static str],
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Mismatch;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content), Mismatch> {
        let text = self.value.as_string();
        for (at, name) in self.names.iter().enumerate() {
            let content = match &text {
                Some(text) if text == name => JsValue::UNDEFINED,
                Some(_) => continue,
                None => get(&self.value, name),
            };
            if text.is_some() || !content.is_undefined() {
                return Ok((seed.deserialize(number(at))?, Content(Value(content))));
            }
        }
        Mismatch::throw()
    }
}

struct Content(Value);

impl<'de> VariantAccess<'de> for Content {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Mismatch> {
        Mismatch::throw()
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.0.deserialize_struct("", fields, visitor)
    }
}

fn number(at: usize) -> U32Deserializer<Mismatch> {
    (at as u32).into_deserializer()
}
