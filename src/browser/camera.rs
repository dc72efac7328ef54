//! The camera, for one thing only: reading the code of an enrolment. Nothing is recorded and nothing leaves the page.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::js;

/// Why the camera reads nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CameraError {
    /// Somebody, or the tablet's settings, said no.
    Denied,
    /// There is no camera, another app holds it, or this browser reads no such codes.
    Absent,
}

/// Returns whether this browser can look through a camera and read codes (Chromium on Android; not Safari, not Firefox).
#[must_use]
pub fn reads_codes() -> bool {
    let devices = js::get(&js::navigator(), "mediaDevices");
    devices.and_then(|devices| js::get(&devices, "getUserMedia")).is_some()
        && js::get(&js_sys::global(), "BarcodeDetector").is_some()
}

/// A camera that is on; it goes off when this is dropped.
pub struct Camera {
    stream: JsValue,
    detector: JsValue,
}

impl Camera {
    /// Asks for the camera at the back and turns it on.
    pub async fn open() -> Result<Self, CameraError> {
        let devices = js::get(&js::navigator(), "mediaDevices").ok_or(CameraError::Absent)?;
        let back = js::object(&[("facingMode", JsValue::from_str("environment"))]);
        let wanted = js::object(&[("video", back), ("audio", JsValue::FALSE)]);
        let stream = js::call_async(&devices, "getUserMedia", &[&wanted]).await.map_err(|thrown| {
            let name = js::get(&thrown, "name").and_then(|name| name.as_string());
            if name.as_deref() == Some("NotAllowedError") { CameraError::Denied } else { CameraError::Absent }
        })?;
        // From here on the camera is on, and goes off with this value.
        let mut camera = Self { stream, detector: JsValue::UNDEFINED };
        camera.detector = detector().ok_or(CameraError::Absent)?;
        Ok(camera)
    }

    /// Shows what the camera sees in a `video` element.
    pub async fn show(&self, video: &JsValue) {
        let _ = Reflect::set(video, &JsValue::from_str("srcObject"), &self.stream);
        // A browser that does not start by itself is started by the next touch; the picture is only a help to aim.
        let _ = js::call_async(video, "play", &[]).await;
    }

    /// Returns the code that is in the picture now, if one can be read.
    pub async fn read(&self, video: &JsValue) -> Option<String> {
        let found = js::call_async(&self.detector, "detect", &[video]).await.ok()?;
        js::get(&Array::from(&found).get(0), "rawValue")?.as_string().filter(|text| !text.is_empty())
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        if let Ok(tracks) = js::call(&self.stream, "getTracks", &[]) {
            for track in Array::from(&tracks) {
                let _ = js::call(&track, "stop", &[]);
            }
        }
    }
}

fn detector() -> Option<JsValue> {
    let class = js::get(&js_sys::global(), "BarcodeDetector")?.dyn_into::<Function>().ok()?;
    let formats = Array::of1(&JsValue::from_str("qr_code"));
    Reflect::construct(&class, &Array::of1(&js::object(&[("formats", formats.into())]))).ok()
}
