#!/usr/bin/env bash
# Installs what the signers need and compiles those that need it. May be run again at any time.
#   install.sh            install what can be installed; list what is missing; exit 0
#   install.sh --strict   the same, but exit 1 when a signer is missing
set -uo pipefail
cd "$(dirname "$0")" || exit 1

strict=no
[[ ${1-} == --strict ]] && strict=yes

# Each "needs" of signers.json is on one line: Debian packages, and npm ones, which start with npm:.
debian_packages() { grep -o '"needs": .*' signers.json | grep -o '"[^"]*"' | tr -d '"' | grep -v -e '^needs$' -e '^npm:' | sort -u; }

# A package named as its program is not needed when that program is here by other means, as cargo often is.
is_installed() { command -v "$1" > /dev/null || [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null) == installed ]]; }

install_debian() {
    local package missing=() known=()
    for package in $(debian_packages); do is_installed "$package" || missing+=("$package"); done
    ((${#missing[@]})) || return 0
    if ((EUID)); then
        echo "Not root, so not installed: ${missing[*]}"
        return 0
    fi
    apt-get update -qq || echo "The package lists could not be refreshed."
    for package in "${missing[@]}"; do
        if apt-cache show "$package" > /dev/null 2>&1; then known+=("$package"); else echo "Not packaged here: $package"; fi
    done
    ((${#known[@]})) || return 0
    echo "Installing ${known[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${known[@]}" > /dev/null \
        || echo "Could not install ${known[*]}"
}

# Once per lock file, so that tests under way never see an empty node_modules.
install_npm() {
    cmp -s package-lock.json .build/package-lock.json && [[ -d node_modules ]] && return 0
    echo "Installing the npm packages"
    npm ci --silent --ignore-scripts && cp package-lock.json .build/package-lock.json || echo "Could not install the npm packages"
}

# Debian keeps Go libraries as source under /usr/share/gocode, in the form from before modules.
compile_go() {
    GO111MODULE=off GOPATH=/usr/share/gocode go build -o .build/go/sign go/sign.go || echo "Could not compile go/sign.go"
}

# The crates are Debian's, under /usr/share/cargo/registry, so nothing is fetched.
compile_rust() {
    cargo build --quiet --release --offline --manifest-path rust/Cargo.toml --target-dir .build/rust \
        --config 'source.crates-io.replace-with="debian"' --config 'source.debian.directory="/usr/share/cargo/registry"' \
        || echo "Could not compile rust/sign.rs"
}

mkdir -p .build/go
if command -v apt-get > /dev/null; then install_debian; else echo "No apt-get here: see README.md for what each signer needs."; fi
if command -v npm > /dev/null; then install_npm; else echo "No npm here: elliptic, jsrsasign and noble need Node.js 20.19 or newer."; fi
if command -v go > /dev/null; then compile_go; fi
if command -v cargo > /dev/null; then compile_rust; fi

if ! command -v node > /dev/null; then
    echo "No node here, so the signers cannot be listed."
    [[ $strict == no ]]
    exit
fi
node check.js --probe-only || [[ $strict == no ]]
