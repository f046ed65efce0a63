"""The pages of the campus: who to be, accounts, the other service's sign-in, courses, facts."""
