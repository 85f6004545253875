# All tests; ./test.ps1 --help lists the options.
$output = dotnet build "$PSScriptRoot/eng/Test/Test.csproj" --nologo -v quiet -nodeReuse:false
if ($LASTEXITCODE -ne 0) { $output; exit $LASTEXITCODE }
dotnet "$PSScriptRoot/eng/Test/bin/Debug/net10.0/modular-test.dll" $PSScriptRoot @args
exit $LASTEXITCODE
