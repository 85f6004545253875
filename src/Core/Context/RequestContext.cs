using System.Runtime.CompilerServices;

namespace Modular;

/// <summary>
/// All that belongs to one request: <see cref="Request"/>, <see cref="G"/>, the plugins' slots. Ask for it as a view's parameter, or read it from <c>Current</c>.
/// An application context is one without a request.
/// </summary>
/// <remarks>
/// Thread: for the code of one request. When the request has ended, every member throws <see cref="ModularException"/>; it never shows another request's data.
/// </remarks>
public sealed class RequestContext
{
    // Recycled after the request, so each read is followed by a look at its owner; see RequestState.
    RequestState? _state;

    internal RequestContext(RequestState state)
    {
        _state = state;
        state.Owner = this;
    }

    /// <summary>The request's own data.</summary>
    /// <exception cref="ModularException">This is an application context, or the request has ended.</exception>
    public Request Request
    {
        get
        {
            var state = State();
            return Checked(state, state.Request) ?? MakeRequest(state);
        }
    }

    /// <summary>ASP.NET's context, for all that Modular has no word for.</summary>
    /// <exception cref="ModularException">This is an application context, or the request has ended.</exception>
    public HttpContext Http
    {
        get
        {
            var state = State();
            return Checked(state, state.Http) ?? throw WithoutRequest(nameof(Http));
        }
    }

    /// <summary>What the application keeps for this request.</summary>
    public Globals G
    {
        get
        {
            var state = State();
            return Checked(state, state.Globals) ?? MakeGlobals(state);
        }
    }

    /// <summary>False in an application context.</summary>
    public bool HasRequest
    {
        get
        {
            var state = State();
            return Checked(state, state.Http) is not null;
        }
    }

    /// <summary>The request's services: the application's own, and those of the host that it is mounted in.</summary>
    public IServiceProvider Services
    {
        get
        {
            var state = State();
            return Checked(state, state.Services) ?? OpenServices(state);
        }
    }

    /// <summary>Cancelled when the client goes away.</summary>
    public CancellationToken RequestAborted
    {
        get
        {
            var state = State();
            return Checked(state, state.Http)?.RequestAborted ?? CancellationToken.None;
        }
    }

    /// <summary>The matched endpoint's name, such as <c>login</c> or <c>blog.show</c>; null when no rule matched.</summary>
    public string? Endpoint
    {
        get
        {
            var state = State();
            return Checked(state, state.Target?.Name);
        }
    }

    /// <summary>The matched rule; null when none did.</summary>
    public Rule? Rule
    {
        get
        {
            var state = State();
            // Without a target the match may still be another request's; see RequestState.Match.
            return Checked(state, state.Target is null ? null : state.Match.Rule);
        }
    }

    /// <summary>The values of the rule's variables, and its defaults; null when no rule matched.</summary>
    internal IReadOnlyDictionary<string, object?>? ViewArgs
    {
        get
        {
            var state = State();
            using (state.Hold(this))
            {
                return state.Target is null ? null : state.ChangedValues ?? state.Match.Values.ToDictionary();
            }
        }
    }

    /// <summary>True when the request has been answered, or the scope been left.</summary>
    public bool HasEnded => _state is null;

    /// <summary>True once the plugins save: what they keep is not looked at again, and a change of it would be lost. For plugins, to say so.</summary>
    public bool IsSaved
    {
        get
        {
            var state = State();
            return Checked(state, state.IsSaved);
        }
    }

    /// <summary>Who looks at this request from outside; null almost always. A plugin tells it what a test may want to know: <c>context.Watcher?.See(context, mail)</c>.</summary>
    public RequestWatcher? Watcher
    {
        get
        {
            var state = State();
            return Checked(state, state.Watcher);
        }
    }

    /// <summary>Makes this context current for the calling code until it is disposed of. For one that a <see cref="RequestWatcher"/> keeps alive after its answer.</summary>
    /// <exception cref="ModularException">The request has ended.</exception>
    public IDisposable Enter()
    {
        State();
        return new ContextEntry(this);
    }

    /// <summary>What a plugin keeps under a slot, opened on the first read.</summary>
    /// <exception cref="ModularException">No plugin of this application opens the slot.</exception>
    public T Get<T>(Slot<T> slot) where T : class =>
        TryGet(slot) ?? Open(slot) ?? throw new ModularException(
            $"Slot {slot} was read, but no plugin of this application opens it. Install the plugin that it belongs to before the first request.");

    /// <summary>What lies under a slot already; null when nobody has read or set it in this request.</summary>
    public T? TryGet<T>(Slot<T> slot) where T : class
    {
        var state = State();
        return Checked(state, state.Slots.Find(slot));
    }

    /// <summary>Puts a value under a slot for the rest of the request.</summary>
    public void Set<T>(Slot<T> slot, T value) where T : class
    {
        var state = State();
        using (state.Hold(this))
        {
            state.Slots.Set(slot, value);
        }
    }

    /// <summary>The slots that plugins open in requests, and those that were set: first the ones that hold something already. For error pages and the like; it opens none.</summary>
    public IReadOnlyList<RequestSlot> Slots
    {
        get
        {
            var (state, openers) = (State(), AppOwner.Openers);
            List<RequestSlot> slots = [];
            HashSet<object> known = [];
            using (state.Hold(this))
            {
                foreach (var (slot, value) in state.Slots.Entries)
                {
                    known.Add(slot);
                    slots.Add(new((ISlot)slot, value, null));
                }
            }
            slots.AddRange(openers.Where(opener => !known.Contains(opener.Slot)).Select(opener => new RequestSlot((ISlot)opener.Slot, null, () => Open(opener.Slot, opener.Open))));
            return slots;
        }
    }

    /// <summary>Runs once, after this request's view and before the application's AfterRequest hooks.</summary>
    /// <remarks>Order: as added.</remarks>
    public void AfterThisRequest(Func<Response, ValueTask<Response>> hook)
    {
        var state = State();
        using (state.Hold(this))
        {
            (state.AfterThis ??= []).Add(hook);
        }
    }

    T? Open<T>(Slot<T> slot) where T : class
    {
        var value = AppOwner.Open(slot, this);
        if (value is not null) Set(slot, value);
        return value;
    }

    object Open(object slot, Func<RequestContext, object> open)
    {
        var value = open(this);
        var state = State(nameof(Slots));
        using (state.Hold(this, nameof(Slots)))
        {
            state.Slots.Set(slot, value);
        }
        return value;
    }

    /// <summary>The application, to the floors above. States are shared by all applications of the process, so it is checked too.</summary>
    internal ContextOwner AppOwner
    {
        get
        {
            var state = State("App");
            return Checked(state, state.App, "App");
        }
    }

    /// <summary>The recycled part, for the dispatcher, which is done with it before the request is.</summary>
    internal RequestState State([CallerMemberName] string word = "") => _state ?? throw Ended(word);

    /// <summary>From here on every member throws. Called once, when the request is over.</summary>
    internal void Detach() => _state = null;

    /// <summary>Throws when the state has gone on to another request. What was read from it before the call belonged to this one.</summary>
    internal void Check(RequestState state, [CallerMemberName] string word = "")
    {
        Volatile.ReadBarrier();
        if (!ReferenceEquals(state.Owner, this)) throw Ended(word);
    }

    T Checked<T>(RequestState state, T value, [CallerMemberName] string word = "")
    {
        Check(state, word);
        return value;
    }

    Request MakeRequest(RequestState state)
    {
        using (state.Hold(this, nameof(Request)))
        {
            return state.Request ??= state.App.MakeRequest(state.Http ?? throw WithoutRequest(nameof(Request)), state);
        }
    }

    Globals MakeGlobals(RequestState state)
    {
        using (state.Hold(this, nameof(G)))
        {
            return state.Globals ??= new Globals();
        }
    }

    IServiceProvider OpenServices(RequestState state)
    {
        using (state.Hold(this, nameof(Services)))
        {
            return state.Services ??= state.App.OpenServices(state);
        }
    }

    static ModularException WithoutRequest(string word) => new(
        $"Current.{word} was read in an application context, which has no request. Read it in a view, or in a test inside: using var _ = app.TestRequestContext(\"/\").");

    internal static ModularException Ended(string word) => new(
        $"Current.{word} was read after its request had ended. Read what you need before the task starts, or await it in the view.");
}
