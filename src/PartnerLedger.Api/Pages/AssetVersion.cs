using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace PartnerLedger.Api.Pages;

/// <summary>The addresses of the files that pages are shown with; another content has another address.</summary>
internal sealed class AssetVersion(IFileProvider files)
{
    public const string Path = "/assets";

    public string Styles { get; } = Address(files, "ledger.css");

    public string Script { get; } = Address(files, "ledger.js");

    private static string Address(IFileProvider files, string name)
    {
        using var content = files.GetFileInfo(name).CreateReadStream();
        return $"{Path}/{name}?v={Convert.ToHexStringLower(SHA256.HashData(content))[..12]}";
    }
}
