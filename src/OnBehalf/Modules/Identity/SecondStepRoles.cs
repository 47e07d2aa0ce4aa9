using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Who has to sign in with a second step: the words of the setting.</summary>
public static class SecondStepRoles
{
    public static bool IsNeeded(string setting, StaffRole role) => setting switch
    {
        "everybody" => true,
        "supervisors" => role is StaffRole.Supervisor or StaffRole.Administrator,
        "administrators" => role is StaffRole.Administrator,
        _ => false,
    };
}
