/**
 * The read endpoints: parameters become one immutable query, and the response is bounded, ordered
 * and complete, or an error.
 */
@NullMarked
package com.astrobookings.logs.query;

import org.jspecify.annotations.NullMarked;
