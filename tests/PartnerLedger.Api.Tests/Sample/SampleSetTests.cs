namespace PartnerLedger.Api.Tests.Sample;

/// <summary>The sample set that the service ships is the one that is made here.</summary>
public sealed class SampleSetTests
{
    [Fact]
    public void The_file_is_as_it_is_made()
    {
        var made = string.Concat(SampleSet.Lines().Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN_FILES") is not null)
        {
            File.WriteAllText(SampleSet.Path, made);
        }
        else
        {
            Assert.Equal(File.ReadAllText(SampleSet.Path), made);
        }
    }
}
