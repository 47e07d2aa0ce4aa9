using OnBehalf.Kernel;

namespace OnBehalf.Modules.Exports;

/// <summary>From this leaf on the log is sent to a receiver.</summary>
public sealed record StreamAdded(Guid Stream, Code Kind, Code Form, Code Address, long FromIndex) : Fact
{
    public override string Name => "audit.stream-added";
}

/// <summary>It is no longer sent there; before the given leaf all were acknowledged.</summary>
public sealed record StreamRemoved(Guid Stream, Code Address, long NextIndex) : Fact
{
    public override string Name => "audit.stream-removed";
}

/// <summary>Sending was stopped for a while, or goes on where it stood.</summary>
public sealed record StreamSwitched(Guid Stream, bool IsOn, long NextIndex) : Fact
{
    public override string Name => "audit.stream-switched";
}

/// <summary>A record that is none was sent, to see whether it arrives.</summary>
public sealed record StreamTested(Guid Stream, bool Arrived) : Fact
{
    public override string Name => "audit.stream-tested";
}
