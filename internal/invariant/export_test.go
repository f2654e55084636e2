package invariant

// LivingReferencesBut is LivingReferences with other trees.
var LivingReferencesBut = livingReferences
