//! Whose memory the modules use: a small allocator in place of the standard library's. A page that
//! uses the Yew component chooses for itself. Not here: a use of it.

use rlsf::SmallGlobalTlsf;

#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();
