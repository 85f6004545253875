namespace Modular;

/// <summary>What a delegate is bound for, which decides what it may take and what it may return.</summary>
enum ViewKind { View, WebSocket, Before, After, Teardown, Error }
