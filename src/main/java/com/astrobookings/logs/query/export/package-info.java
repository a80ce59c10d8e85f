/** What an export consists of: events encoded as lines, in chunks of bounded size. */
@NullMarked
package com.astrobookings.logs.query.export;

import org.jspecify.annotations.NullMarked;
