//! The small build: what a shop's page loads. No `std`; a panic is a bare trap, after which the
//! instance is thrown away.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg(target_arch = "wasm32")] // an empty crate natively, so that the workspace tests as one

extern crate alloc;

#[path = "visitor.rs"]
mod visitor;

/// Gives nothing back: a page holds one visitor, and its memory goes as a whole. The code that
/// takes a visitor apart would be most of what is saved.
fn close(_: *mut visitor::Visitor) {}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[global_allocator]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };
