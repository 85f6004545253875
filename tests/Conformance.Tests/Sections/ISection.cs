namespace Conformance.Tests.Sections;

/// <summary>Makes requests for one section of the application.</summary>
interface ISection
{
    RawRequest Next(Random random);
}
