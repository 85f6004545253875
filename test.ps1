# All tests; ./test.ps1 --help lists the options. Runs in PowerShell 7 and in Windows PowerShell 5.1.
if (-not (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine('There is no dotnet on the PATH. Install the .NET 10 SDK.')
    exit 1
}
$output = dotnet build "$PSScriptRoot/eng/Test/Test.csproj" --nologo -v quiet -nodeReuse:false 2>&1
if ($LASTEXITCODE -ne 0) {
    $output | ForEach-Object { [Console]::Error.WriteLine($_) }
    exit $LASTEXITCODE
}
dotnet "$PSScriptRoot/eng/Test/bin/Debug/net10.0/modular-test.dll" $PSScriptRoot @args
exit $LASTEXITCODE
