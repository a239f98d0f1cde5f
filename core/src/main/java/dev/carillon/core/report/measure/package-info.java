/** What the numbers of reports are, whatever the channel. */
@NullMarked
package dev.carillon.core.report.measure;

import org.jspecify.annotations.NullMarked;
