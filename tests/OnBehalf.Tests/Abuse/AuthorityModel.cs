namespace OnBehalf.Tests.Abuse;

/// <summary>What can happen to the authority of an operator.</summary>
internal enum Step
{
    Start,
    TakeOver,
    Write,
    End,
    Revoke,
    SignOut,
    Idle,
    HardEnd,
    Suspend,
    Restore,
    Unassign,
    Assign,
    Block,
    Unblock,
    StopBuyer,
    AdmitBuyer,
    StopMembership,
    AdmitMembership,
    Forbid,
    Permit,
    SwitchOff,
    SwitchOn,
}

/// <summary>
/// What the product promises, in as few words as can be: two operators, two buyers of one company, and who may do what when. It knows no table, no clock and
/// no lock.
/// </summary>
internal sealed class AuthorityModel
{
    private readonly int?[] _session = new int?[2];
    private readonly bool[] _isSuspended = new bool[2];
    private readonly bool[] _isUnassigned = new bool[2];
    private readonly bool[] _isBuyerStopped = new bool[2];
    private readonly bool[] _isMembershipStopped = new bool[2];
    private bool _isBlocked;
    private bool _isForbidden;
    private bool _isOff;

    /// <summary>For whom an operator acts, as far as he knows.</summary>
    public int? SessionOf(int op) => _session[op];

    /// <summary>A write now; whatever is no longer allowed is over when it is noticed, and does not come back.</summary>
    public bool MayWrite(int op)
    {
        if (_session[op] is { } buyer && !MayAct(op, buyer))
        {
            _session[op] = null;
        }

        return _session[op] is not null;
    }

    public bool MayStart(int op, int buyer, bool takesOver) => MayAct(op, buyer) && !_isOff && (_session[op] is null || takesOver);

    public void Do(Step step, int op, int buyer)
    {
        switch (step)
        {
            case Step.Start or Step.TakeOver when MayStart(op, buyer, step == Step.TakeOver):
                _session[op] = buyer;
                break;
            case Step.End or Step.Revoke or Step.SignOut or Step.Idle or Step.HardEnd:
                _session[op] = null;
                break;
            case Step.Suspend or Step.Restore:
                _isSuspended[op] = step == Step.Suspend;
                EndWhere(step == Step.Suspend, (who, _) => who == op);
                break;
            case Step.Unassign or Step.Assign:
                _isUnassigned[op] = step == Step.Unassign;
                break;
            case Step.Block or Step.Unblock:
                _isBlocked = step == Step.Block;
                EndWhere(_isBlocked, (_, _) => true);
                break;
            case Step.StopBuyer or Step.AdmitBuyer:
                _isBuyerStopped[buyer] = step == Step.StopBuyer;
                EndWhere(step == Step.StopBuyer, (_, whom) => whom == buyer);
                break;
            case Step.StopMembership or Step.AdmitMembership:
                _isMembershipStopped[buyer] = step == Step.StopMembership;
                EndWhere(step == Step.StopMembership, (_, whom) => whom == buyer);
                break;
            case Step.Forbid or Step.Permit:
                _isForbidden = step == Step.Forbid;
                break;
            case Step.SwitchOff or Step.SwitchOn:
                _isOff = step == Step.SwitchOff;
                EndWhere(_isOff, (_, _) => true);
                break;
        }
    }

    private bool MayAct(int op, int buyer) =>
        !_isSuspended[op] && !_isUnassigned[op] && !_isBlocked && !_isForbidden && !_isBuyerStopped[buyer] && !_isMembershipStopped[buyer];

    private void EndWhere(bool ends, Func<int, int, bool> whose)
    {
        for (var op = 0; op < _session.Length && ends; op++)
        {
            _session[op] = _session[op] is { } buyer && whose(op, buyer) ? null : _session[op];
        }
    }
}
