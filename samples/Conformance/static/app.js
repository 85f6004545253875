console.log("conformance");
