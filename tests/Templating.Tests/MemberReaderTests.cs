namespace Modular.Templating.Tests;

public sealed class MemberReaderTests
{
    [Fact]
    public void The_readers_of_an_object_are_made_once_for_its_type()
    {
        Assert.Equal(2, Count(new { a = 1, b = "x" }));          // makes them
        var before = GC.GetAllocatedBytesForCurrentThread();

        var count = Count(new { a = 2, b = "y" });

        // The object, its iterator and the number in an object. To make two readers takes some thousands of bytes.
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(count == 2 && bytes < 500, $"{count} members, {bytes} bytes");
    }

    static int Count(object target)
    {
        var count = 0;
        foreach (var _ in TemplateData.Members(target)) count++;
        return count;
    }
}
