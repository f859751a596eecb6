//! The functions of `Core`.

use std::{panic, ptr};

use credlapse::{Code, Context, Evidence, ExitTable, text};
use napi::bindgen_prelude::{
    Either, FromNapiValue, JsObjectValue, Object, ToNapiValue, panic_to_error,
};
use napi::{JsError, Result, check_status, sys};
use napi_derive::napi;

use crate::wire::{Answer, Given};

/// Adds `diagnose`, the one function that is called often, without what `#[napi]` writes around it.
#[napi(module_exports)]
pub fn exports(mut exports: Object<'_>) -> Result<()> {
    exports.create_named_method("diagnose", diagnose)
}

/// Decides on the causes of a failure; `undefined` where it is not an AWS auth failure.
unsafe extern "C" fn diagnose(
    env: sys::napi_env,
    call: sys::napi_callback_info,
) -> sys::napi_value {
    let answer = panic::catch_unwind(|| {
        let mut evidence = ptr::null_mut();
        let mut count = 1;
        // SAFETY: there is room for one argument, and what else is told of the call is not asked for.
        check_status!(unsafe {
            let (this, data) = (ptr::null_mut(), ptr::null_mut());
            sys::napi_get_cb_info(env, call, &mut count, &mut evidence, this, data)
        })?;
        // SAFETY: the argument is a value of this environment, `undefined` where none was given.
        let Given(evidence) = unsafe { Given::from_napi_value(env, evidence) }?;
        let evidence = Evidence::from_wire(&evidence);
        let answer = Answer(evidence.and_then(|evidence| decided(&evidence)));
        // SAFETY: this environment is the one in which it is called.
        unsafe { Answer::to_napi_value(env, answer) }
    });
    let answer = answer.map_err(panic_to_error).and_then(|answer| answer);
    answer.unwrap_or_else(|error| {
        // SAFETY: the same.
        unsafe { JsError::from(error).throw_into(env) };
        ptr::null_mut()
    })
}

/// Decides on what a failed tool printed; `undefined` where it is not an AWS auth failure.
#[napi(catch_unwind)]
#[must_use]
pub fn diagnose_text(text: Given, context: Given) -> Answer {
    Answer(Context::from_wire(&context.0).and_then(|context| {
        decided(&Evidence {
            context,
            ..text::read(&text.0)
        })
    }))
}

/// The exit status of a code in a built-in table; `undefined` where one of them does not exist.
#[napi(catch_unwind)]
#[must_use]
pub fn exit_code(code: String, table: String) -> Either<u8, ()> {
    let status =
        ExitTable::named(&table).and_then(|table| Some(table.of_code(Code::from_name(&code)?)));
    status.map_or(Either::B(()), Either::A)
}

fn decided(evidence: &Evidence) -> Option<String> {
    Some(credlapse::diagnose(evidence)?.to_wire())
}
