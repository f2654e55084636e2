package invariant

// LivingReferencesBut is LivingReferences for other trees.
var LivingReferencesBut = livingReferences
