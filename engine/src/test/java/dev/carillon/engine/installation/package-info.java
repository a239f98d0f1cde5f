/** Tests of whether metadata and facts belong together. */
@NullMarked
package dev.carillon.engine.installation;

import org.jspecify.annotations.NullMarked;
