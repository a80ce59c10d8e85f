/** The words of complaints and answers: what was probably meant, and how names are spelled. */
@NullMarked
package com.astrobookings.logs.event.text;

import org.jspecify.annotations.NullMarked;
