"""The screens, one module or package each. A screen gets its collaborators as constructor arguments and knows no
other; what several screens share lies beside this package (``records``, ``exchange``).
"""
