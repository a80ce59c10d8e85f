/** Administration of what is stored: which months are kept, and for how long. */
@NullMarked
package com.astrobookings.logs.admin;

import org.jspecify.annotations.NullMarked;
