using System.Xml.Linq;
using Mono.Cecil;

namespace Modular.Architecture.Tests;

/// <summary>One package project of the repository, and its compiled assembly.</summary>
sealed class Package
{
    readonly XDocument _project;

    Package(string file)
    {
        (File, _project) = (file, XDocument.Load(Repository.Full(file)));
        Folder = file[..file.LastIndexOf('/')];
        Id = Property("PackageId") ?? throw new InvalidOperationException($"{file} has no PackageId. Give it one, or IsPackable=false.");
    }

    /// <summary>The core, then the plugins.</summary>
    internal static IReadOnlyList<Package> All { get; } =
    [
        .. Repository.Files("src", "*.csproj").Where(file => !Repository.Read(file).Contains("<IsPackable>false<", StringComparison.Ordinal))
            .Select(file => new Package(file)).OrderBy(package => package.Id != "Modular.Core"),
    ];

    internal static Package Core => All[0];

    internal static IEnumerable<Package> Plugins => All.Skip(1);

    internal string File { get; }
    internal string Folder { get; }
    internal string Id { get; }

    internal string? Property(string name) => _project.Descendants(name).FirstOrDefault()?.Value;

    internal IEnumerable<XElement> Items(string name) => _project.Descendants(name);

    /// <summary>The references: <c>Modular.Core</c> for a project, the id of a package.</summary>
    internal IEnumerable<string> References(string item) => Items(item)
        .Where(element => (string?)element.Attribute("OutputItemType") != "Analyzer" && (string?)element.Attribute("PrivateAssets") != "all")
        .Select(element => Path.GetFileNameWithoutExtension((string)element.Attribute("Include")!) is var name && item == "ProjectReference"
            ? name : (string)element.Attribute("Include")!);

    /// <summary>The version that was built: from git's tags, without the commit.</summary>
    internal string Version => Module.Assembly.CustomAttributes
        .Single(attribute => attribute.AttributeType.Name == nameof(System.Reflection.AssemblyInformationalVersionAttribute))
        .ConstructorArguments[0].Value.ToString()!.Split('+')[0];

    internal ModuleDefinition Module => field ??= Read(Id);

    /// <summary>An assembly beside the tests.</summary>
    internal static ModuleDefinition Read(string assembly) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));

    public override string ToString() => Id;
}
