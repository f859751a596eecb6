//! Plain objects to Rust structs, field by field, and back.
//!
//! `napi` reads objects through serde too, but takes a property that is
//! `undefined` for a value and asks for the names of all properties. Here each
//! field is asked for by its name, as the WebAssembly binding does it, so that
//! both understand the same objects. What `napi` writes leaves out the names of
//! variants with fields, so objects are made by JavaScript, from JSON.

use napi::bindgen_prelude::{FromNapiValue, Function, JsObjectValue, Object, Unknown};
use napi::{Env, JsValue, ValueType, sys};
use serde::de::value::{Error, U32Deserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde::{Deserialize, Serialize};

/// Reads a value of `T` by the names of its fields; never by enumerating the object.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(object: &Unknown<'_>) -> napi::Result<T> {
    T::deserialize(Value(*object))
        .map_err(|_| napi::Error::from_reason("an argument has not the shape of its type"))
}

/// The object that a value is in JavaScript.
pub(crate) fn write<'env>(env: &'env Env, value: &impl Serialize) -> napi::Result<Unknown<'env>> {
    let json = serde_json::to_string(value)
        .map_err(|error| napi::Error::from_reason(error.to_string()))?;
    let reader: Object<'_> = env.get_global()?.get_named_property("JSON")?;
    let parse: Function<'_, String, Unknown<'_>> = reader.get_named_property("parse")?;
    parse.call(json)
}

#[derive(Clone, Copy)]
struct Value<'env>(Unknown<'env>);

impl<'env> Value<'env> {
    fn kind(self) -> Result<ValueType, Error> {
        self.0.get_type().map_err(Error::custom)
    }

    fn is_absent(self) -> bool {
        matches!(self.kind(), Ok(ValueType::Undefined | ValueType::Null))
    }

    /// What napi makes of a value of one of the expected kind.
    fn as_a<T: FromNapiValue>(self, kind: ValueType) -> Result<T, Error> {
        if self.kind()? != kind {
            return Err(Error::custom("a value of another type"));
        }
        T::from_unknown(self.0).map_err(Error::custom)
    }

    /// The value as something with properties; `None` for all that has none of its own.
    fn as_object(self) -> Option<Object<'env>> {
        match self.kind() {
            Ok(ValueType::Object | ValueType::Function) => self.0.coerce_to_object().ok(),
            _ => None,
        }
    }

    /// What an object has by this name; `None` where it throws.
    fn field(object: &Object<'env>, name: &str) -> Option<Self> {
        let value = object.get_named_property_unchecked(name);
        if value.is_err() {
            forget_exception(object);
        }
        value.ok().map(Self)
    }
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a field without a type"))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.as_a(ValueType::Boolean)?)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u32(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // The cast saturates; what is no whole number does not fit either.
        visitor.visit_u32(self.as_a::<f64>(ValueType::Number)? as u32)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.as_a(ValueType::String)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_absent() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let array = self
            .as_object()
            .filter(|object| object.is_array().is_ok_and(|is| is));
        let array = array.ok_or_else(|| Error::custom("no array"))?;
        let length = array.get_array_length_unchecked().map_err(|error| {
            forget_exception(&array);
            Error::custom(error)
        })?;
        visitor.visit_seq(Items {
            array,
            left: 0..length,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields {
            object: self.as_object(),
            names: fields.iter(),
            found: None,
            next: 0,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(Variant {
            value: self,
            names: variants,
        })
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u64 f32 f64 char bytes byte_buf unit unit_struct
        newtype_struct tuple_struct map identifier ignored_any
    }
}

struct Items<'env> {
    array: Object<'env>,
    left: std::ops::Range<u32>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(index) = self.left.next() else {
            return Ok(None);
        };
        let item = self.array.get_element(index).map_err(|error| {
            forget_exception(&self.array);
            Error::custom(error)
        })?;
        seed.deserialize(Value(item)).map(Some)
    }
}

/// The fields that are set, each named by its number: shorter than by its name.
struct Fields<'env> {
    object: Option<Object<'env>>,
    names: std::slice::Iter<'static, &'static str>,
    found: Option<Value<'env>>,
    next: u32,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(object) = &self.object else {
            return Ok(None);
        };
        for name in self.names.by_ref() {
            let value = Value::field(object, name);
            let number = self.next;
            self.next += 1;
            if let Some(value) = value.filter(|value| value.kind() != Ok(ValueType::Undefined)) {
                self.found = Some(value);
                return seed.deserialize(field_number(number)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = self.found.take();
        seed.deserialize(value.ok_or_else(|| Error::custom("a value without a name"))?)
    }
}

/// `"name"`, or `{"name": content}`.
struct Variant<'env> {
    value: Value<'env>,
    names: &'static [&'static str],
}

impl<'de, 'env> EnumAccess<'de> for Variant<'env> {
    type Error = Error;
    type Variant = Content<'env>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content<'env>), Error> {
        let named = |number| seed.deserialize(field_number(number));
        if self.value.kind()? == ValueType::String {
            let text: String = self.value.as_a(ValueType::String)?;
            let (number, _) = (0..)
                .zip(self.names)
                .find(|(_, name)| **name == text)
                .ok_or_else(|| Error::custom("an unknown name"))?;
            return Ok((named(number)?, Content(None)));
        }
        let object = self.value.as_object();
        let object = object.ok_or_else(|| Error::custom("neither a name nor an object"))?;
        for (number, name) in (0..).zip(self.names) {
            let content = Value::field(&object, name);
            let content = content.ok_or_else(|| Error::custom("a name that throws"))?;
            if content.kind()? != ValueType::Undefined {
                return Ok((named(number)?, Content(Some(content))));
            }
        }
        Err(Error::custom("an object without a known name"))
    }
}

struct Content<'env>(Option<Value<'env>>);

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        let content = self
            .0
            .ok_or_else(|| Error::custom("a name without content"))?;
        seed.deserialize(content)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a variant with several values"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let content = self
            .0
            .ok_or_else(|| Error::custom("a name without content"))?;
        content.deserialize_struct("", fields, visitor)
    }
}

/// Lets the calls after one that threw go on; napi leaves the exception pending.
fn forget_exception(object: &Object<'_>) {
    let mut exception = std::ptr::null_mut();
    // SAFETY: the environment is that of the running call, and the exception is only dropped.
    unsafe {
        sys::napi_get_and_clear_last_exception(object.value().env, &raw mut exception);
    }
}

fn field_number(number: u32) -> U32Deserializer<Error> {
    number.into_deserializer()
}
