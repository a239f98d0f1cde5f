/** Who wants messages and who does not, as people say it themselves. */
@NullMarked
package dev.carillon.engine.consent;

import org.jspecify.annotations.NullMarked;
