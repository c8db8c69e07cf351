using Microsoft.AspNetCore.Http.Metadata;

namespace PartnerLedger.Api.Pages.Imports;

/// <summary>That a page takes files, which are larger than what people write in a form.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute : Attribute, IRequestSizeLimitMetadata, IFormOptionsMetadata
{
    public const int LargestMebibytes = 256;

    private const long Largest = LargestMebibytes * 1024L * 1024;

    long? IRequestSizeLimitMetadata.MaxRequestBodySize => Largest;

    bool? IFormOptionsMetadata.BufferBody => null;

    // A file beyond it waits on disk.
    int? IFormOptionsMetadata.MemoryBufferThreshold => null;

    long? IFormOptionsMetadata.BufferBodyLengthLimit => Largest;

    int? IFormOptionsMetadata.ValueCountLimit => null;

    int? IFormOptionsMetadata.KeyLengthLimit => null;

    int? IFormOptionsMetadata.ValueLengthLimit => null;

    int? IFormOptionsMetadata.MultipartBoundaryLengthLimit => null;

    int? IFormOptionsMetadata.MultipartHeadersCountLimit => null;

    int? IFormOptionsMetadata.MultipartHeadersLengthLimit => null;

    long? IFormOptionsMetadata.MultipartBodyLengthLimit => Largest;
}
