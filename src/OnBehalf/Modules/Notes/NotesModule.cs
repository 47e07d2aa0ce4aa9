namespace OnBehalf.Modules.Notes;

/// <summary>What staff write down for each other about companies, people and orders.</summary>
public static class NotesModule
{
    public static void AddServices(IServiceCollection services) =>
        services.AddSingleton(NotesErasing.Buyers).AddSingleton<NotesQueries>().AddSingleton<NoteSubjects>().AddSingleton<WrittenNotes>();
}
