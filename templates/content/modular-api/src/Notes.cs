using System.Collections.Concurrent;
using System.Security.Claims;

/// <summary>A note, as clients get it.</summary>
public sealed record Note(int Id, string Text, string Author);

/// <summary>A note, as clients send it.</summary>
public sealed record NewNote(string Text);

/// <summary>Everyone can read notes. Writing needs a key.</summary>
static class Notes
{
    internal static Blueprint Blueprint()
    {
        var notes = new Blueprint("notes", "/notes");
        notes.Get("", All, endpoint: "all").WithSummary("All notes.");
        notes.Get("/<int:id>", Show, endpoint: "show").WithSummary("One note.").ProducesProblem(404);
        notes.Post("", Add, endpoint: "add").RequireAuthorization()
            .WithSummary("Adds a note.").Produces<Note>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(422);
        notes.Delete("/<int:id>", Remove, endpoint: "remove").RequireAuthorization()
            .WithSummary("Removes a note of your own.").Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        return notes;
    }

    static IReadOnlyList<Note> All(NoteStore store) => store.All;

    static Note Show(int id, NoteStore store) => store.Find(id) ?? throw new HttpException(404, "There is no such note.");

    static Response Add(NewNote sent, NoteStore store, ClaimsPrincipal user)
    {
        if (sent.Text.Trim() is not { Length: > 0 and <= 1000 } text)
            throw new HttpException(422, "The text of a note has 1 to 1000 characters.");
        var note = store.Add(text, user.Identity!.Name!);
        var response = Json(note, 201);
        response.Headers.Location = UrlFor("notes.show", ("id", note.Id));
        return response;
    }

    static Response Remove(int id, NoteStore store, ClaimsPrincipal user)
    {
        if (Show(id, store).Author != user.Identity!.Name) throw new HttpException(403, "This note belongs to another user.");
        store.Remove(id);
        return ("", 204);
    }
}

/// <summary>The notes, in memory. A database takes its place.</summary>
sealed class NoteStore
{
    readonly ConcurrentDictionary<int, Note> _notes = [];
    int _last;

    internal IReadOnlyList<Note> All => [.. _notes.Values.OrderBy(note => note.Id)];

    internal Note? Find(int id) => _notes.GetValueOrDefault(id);

    internal Note Add(string text, string author)
    {
        var note = new Note(Interlocked.Increment(ref _last), text, author);
        return _notes[note.Id] = note;
    }

    internal void Remove(int id) => _notes.TryRemove(id, out _);
}
