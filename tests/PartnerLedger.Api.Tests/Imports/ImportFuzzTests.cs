using System.Net.Http.Headers;
using System.Text;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Fuzzing;

namespace PartnerLedger.Api.Tests.Imports;

/// <summary>Whatever file is sent is imported or refused.</summary>
public sealed class ImportFuzzTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private static readonly string[] Good =
    [
        """{"partnership":"a","command":"open","body":{"name":"A","partners":[{"name":"B","sector":"industry","country":"NL"}],"regions":["africa"],"purpose":"P","informant":"i","occurredOn":"2024"}}""",
        """{"partnership":"a","command":"active","body":{"reason":"R","informant":"i","informantRegion":"eu-plus","occurredOn":"2024"}}""",
        """{"partnership":"a","command":"factors","body":{"factors":["N-TRUST","S-LEAD"],"note":"N","informant":"j"}}""",
        """{"partnership":"a","command":"partners/1/left","body":{"partner":0,"reason":"R"}}""",
        """{"partnership":"a","command":"corrections","body":{"version":3,"reason":"R","replacement":{"factor":"S-LEAD","note":null}}}""",
        """{"partnership":"a","command":"corrections","body":{"version":4,"reason":"R","withdrawn":true}}""",
        """{"partnership":"a","command":"regions","body":{"regions":[]}}""",
    ];

    private const string Csv = "partnership,version,change,occurredOn,name,partners,regions,joinedWith,partner\r\na,,open,2024,\"A, B\",industry|NL|x;nonprofit,africa,,\r\na,,left,,,,,1,0\r\n";

    [Fact]
    public async Task Lines()
    {
        var random = new Random(20240315);
        var mutator = new Mutator(random);
        await Send(400, () =>
        {
            var file = new MemoryStream();
            var spoilt = random.Next(Good.Length + 1);
            for (var i = 0; i < Good.Length; i++)
            {
                file.Write(i == spoilt ? mutator.Spoil(Good[i]) : Encoding.UTF8.GetBytes(Good[i]));
                file.WriteByte((byte)'\n');
            }

            return new ByteArrayContent(file.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        });
    }

    [Fact]
    public async Task Tables()
    {
        var random = new Random(20240316);
        var mutator = new Mutator(random);
        await Send(400, () => random.Next(4) == 0
            ? new ByteArrayContent(mutator.Spoil("--x\r\nContent-Disposition: form-data; name=\"partnerships\"\r\n\r\n" + Csv + "\r\n--x--\r\n"))
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x") },
            }
            : new MultipartFormDataContent { { new ByteArrayContent(mutator.Spoil(Csv)), "partnerships" }, { new ByteArrayContent(mutator.Spoil("partnership,after,factor\r\na,1,N-TRUST\r\n")), "notes" } });
    }

    private async Task Send(int files, Func<HttpContent> next)
    {
        using var client = service.ClientOf(Role.Leader);
        for (var i = 0; i < files; i++)
        {
            using var content = next();
            using var response = await client.PostAsync(i % 2 == 0 ? "/api/imports" : "/api/imports?dryRun=true", content);
            Assert.True((int)response.StatusCode is 200 or 202 or 400 or 413 or 415, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()} {await content.ReadAsStringAsync()}");
        }

        Assert.Equal(0L, await Sql.Run(service.Database.Owner, "select count(*) from ledger_import where state = 'stopped'"));
    }
}
