namespace Modular;

/// <summary>
/// A view as a class, with one method for each HTTP method: <c>Get</c>, <c>Post</c>, <c>Put</c>, <c>Patch</c>, <c>Delete</c>, <c>Head</c>, <c>Options</c>, <c>Trace</c>.
/// Added by <c>app.Route&lt;UserApi&gt;("/users/&lt;int:id&gt;")</c>.
/// </summary>
/// <remarks>Each request gets an instance of its own, whose constructor gets services. HEAD falls back to <c>Get</c>; a method that is missing is a 405.</remarks>
/// <example><code>
/// sealed class UserApi(UserDb db) : MethodView
/// {
///     public User Get(int id) => db.Find(id);
///     public Response Delete(int id) { db.Remove(id); return ("", 204); }
/// }
/// </code></example>
public abstract class MethodView;
