#!/usr/bin/env bash
# Finds a Vulkan driver in software, so that the tests of WebGPU run on a machine without a GPU, and prints what to export:
#   eval "$(bash .ci/software-vulkan.sh)"
# Debian's package chromium-common holds SwiftShader and a loader; it is unpacked into out/, not installed. Where it cannot be had,
# the reason goes to standard error in one line, nothing is exported, and those tests are skipped.
set -u
cd "$(dirname "$0")/.." || exit 0

skip() {
  printf 'no software Vulkan: %s; the tests of WebGPU are skipped\n' "$1" >&2
  exit 0
}

use() {
  printf 'export VK_ICD_FILENAMES=%q\n' "$1/vk_swiftshader_icd.json"
  printf 'export LD_LIBRARY_PATH=%q${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\n' "$1"
  exit 0
}

usable() {
  [ -f "$1/vk_swiftshader_icd.json" ] && [ -f "$1/libvk_swiftshader.so" ] && [ -e "$1/libvulkan.so.1" ]
}

[ "$(uname -s)" = Linux ] || skip 'this is no Linux'
[ -z "${VK_ICD_FILENAMES:-}" ] || exit 0
usable /usr/lib/chromium && use /usr/lib/chromium
target=$PWD/out/vulkan
usable "$target/usr/lib/chromium" && use "$target/usr/lib/chromium"
command -v apt-get >/dev/null && command -v dpkg >/dev/null || skip 'there is no apt-get'
mkdir -p "$target" && cd "$target" || skip "$target cannot be written"
timeout 120 apt-get download -q chromium-common >/dev/null 2>&1 || skip 'chromium-common cannot be downloaded'
for package in chromium-common_*.deb; do
  dpkg -x "$package" . 2>/dev/null || skip "$package cannot be unpacked"
  rm -f "$package"
done
usable "$target/usr/lib/chromium" || skip 'chromium-common holds no SwiftShader'
use "$target/usr/lib/chromium"
