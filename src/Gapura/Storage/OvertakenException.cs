using Gapura.Kernel;

namespace Gapura.Storage;

/// <summary>What a piece of work rests on is no longer so: somebody was faster. Nothing of it was done.</summary>
/// <param name="refusal">What whoever asked for it is told.</param>
internal sealed class OvertakenException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal => refusal;
}
