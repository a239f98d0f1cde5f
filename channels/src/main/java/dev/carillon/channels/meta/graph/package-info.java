/** What Meta's Graph API has in common, whichever product is called: signatures, errors, waits. */
@NullMarked
package dev.carillon.channels.meta.graph;

import org.jspecify.annotations.NullMarked;
