/**
 * What the parts of this room share about the wire: how a stored document is read from an answer,
 * and what a failed request means.
 */
@NullMarked
package com.astrobookings.logs.elastic.wire;

import org.jspecify.annotations.NullMarked;
