/**
 * What reads may hold in memory, all together: the caller of the store brings a share, and keeps it
 * as long as the answer is used.
 */
@NullMarked
package com.astrobookings.logs.store.memory;

import org.jspecify.annotations.NullMarked;
