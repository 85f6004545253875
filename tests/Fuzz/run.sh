#!/usr/bin/env bash
# Fuzzes one target, or all, with afl-fuzz on instrumented code: tests/Fuzz/run.sh [target] [seconds]
# Needs afl++ (apt-get install afl++). Crashes lie in artifacts/fuzz/<target>/default/crashes; try one with:
#   dotnet run --project tests/Fuzz -- <target> < crash
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v afl-fuzz > /dev/null || { echo "afl-fuzz is missing. Install it with: apt-get install afl++" >&2; exit 2; }
targets=${1:-cookie filename form forwarded jinja match multipart query rule session}
seconds=${2:-120}
out=$PWD/artifacts/fuzz

dotnet publish tests/Fuzz -c Release -o "$out/bin" --nologo -v quiet
[ -x "$out/tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$out/tools"
"$out/tools/sharpfuzz" "$out/bin/Modular.Core.dll"
"$out/tools/sharpfuzz" "$out/bin/Modular.Uploads.dll"
"$out/tools/sharpfuzz" "$out/bin/Modular.Sessions.dll"
"$out/tools/sharpfuzz" "$out/bin/Modular.Templating.Jinja.dll"

export AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1
for target in $targets; do
    echo "== $target"
    rm -rf "${out:?}/$target"
    afl-fuzz -V "$seconds" -i "tests/Fuzz/corpus/$target" -o "$out/$target" -t 5000 -m none dotnet "$out/bin/Modular.Fuzz.dll" "$target" > "$out/$target.log"
    grep -E "^(execs_done|execs_per_sec|corpus_count|edges_found|saved_crashes|saved_hangs)" "$out/$target/default/fuzzer_stats"
done
find "$out" -path "*/crashes/id*" -o -path "*/hangs/id*" | tee "$out/found.txt"
[ ! -s "$out/found.txt" ]
