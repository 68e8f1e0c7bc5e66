namespace Gapura.Client;

/// <summary>The server said no, or could not be asked. Test <see cref="Code"/>: codes are stable, sentences are for people.</summary>
public sealed class GapuraException : Exception
{
    /// <summary>A refusal or a failed call.</summary>
    /// <param name="code">See <see cref="Code"/>.</param>
    /// <param name="status">See <see cref="Status"/>.</param>
    /// <param name="message">One sentence, the server's own where it sent one.</param>
    /// <param name="mend">See <see cref="Mend"/>.</param>
    /// <param name="innerException">What happened on the way; null for a refusal.</param>
    public GapuraException(string code, int? status, string message, string mend, Exception? innerException = null)
        : base($"{message.TrimEnd('.')} ({code})", innerException) => (Code, Status, Mend) = (code, status, mend);

    /// <summary>
    /// The server's error code (docs/errors.md), or one of ours: <c>unreachable</c>, <c>timeout</c>, <c>invalid_answer</c>.
    /// </summary>
    public string Code { get; }

    /// <summary>HTTP status of the answer; null when there was none.</summary>
    public int? Status { get; }

    /// <summary>What to do about it, one or two sentences for the developer.</summary>
    public string Mend { get; }

    /// <summary>Whether the same call may succeed later without a change of yours: no answer, a busy server, a fault of the server.</summary>
    public bool IsTransient => Status is null or 429 or >= 500;
}
