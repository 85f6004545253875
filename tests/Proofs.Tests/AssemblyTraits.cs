// They search for counterexamples among thousands of random cases.
[assembly: Trait("category", "search")]
