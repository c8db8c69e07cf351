namespace PartnerLedger.Api.Tests.Sample;

/// <summary>The sample set that the service ships is the one that is made here, and says of itself what it is.</summary>
public sealed class SampleSetTests
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "src", "PartnerLedger.Api", "Sample", "sample.ndjson");

    [Fact]
    public void The_file_is_as_it_is_made()
    {
        var made = string.Concat(SampleSet.Lines().Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN_FILES") is not null)
        {
            File.WriteAllText(Path, made);
        }
        else
        {
            Assert.Equal(File.ReadAllText(Path), made);
        }
    }
}
